import { describe, expect, it } from 'vitest';
import {
  accessOf,
  type BotExceptions,
  quotaKeyOf,
} from '../../../../lambdas/check-delivery/kore/access/bots.ts';

const own = { host: 'https://platform.kore.ai', apiScope: 'app-builder', secretArn: 'arn:own' } as const;
const bots: BotExceptions = {
  'st-all': { host: 'https://bots.kore.ai', apiScope: 'admin-console', secretArn: 'arn:all' },
  'st-secret': { secretArn: 'arn:secret' },
};

describe('the access to a bot', () => {
  it("is the tracker's own, where nothing else is configured", () => {
    expect(accessOf('st-any', own, bots)).toEqual(own);
  });

  it("is the tracker's own for a notification that names no bot", () => {
    expect(accessOf(undefined, own, bots)).toEqual(own);
  });

  it('is that of its stream id', () => {
    expect(accessOf('st-all', own, bots)).toEqual(bots['st-all']);
  });

  it("is the tracker's own in whatever its stream id leaves out", () => {
    expect(accessOf('st-secret', own, bots)).toEqual({ ...own, secretArn: 'arn:secret' });
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    "is the tracker's own for a stream id such as %s",
    (streamId) => {
      expect(accessOf(streamId, own, bots)).toEqual(own);
    },
  );
});

describe('what calls are counted by', () => {
  it('is the bot, where the path names it', () => {
    expect(quotaKeyOf('st-any', 'cs-1', own)).toBe('st-any');
  });

  it('is the client, where the path leaves the bot out, though the input names it', () => {
    expect(quotaKeyOf('st-any', 'cs-1', { apiScope: 'admin-console' })).toBe('cs-1');
  });

  it('is the client, where the input names no bot', () => {
    expect(quotaKeyOf(undefined, 'cs-1', { apiScope: 'admin-console' })).toBe('cs-1');
  });
});
