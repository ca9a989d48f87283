/** Secrets that are wrong, mended or rotated while trackings wait. */
import { expect, it } from 'vitest';
import { parseCredentials } from '../../../contract/credentials.ts';
import type { Waiting } from '../../../lambdas/check-delivery/invocation/invocation.ts';
import { jumpingClock } from '../../../local/clock.ts';
import { SECRET, STREAM_ID, simulator, trackAt } from '../tracking-harness.ts';

const OTHER = JSON.stringify({ clientId: 'cs-other', clientSecret: 'another-secret' });
const delivery = { durationSeconds: 900, fails: () => false, fault: () => undefined };

it('completes once a wrong secret is mended, and asks at most every five minutes until then', async () => {
  const clock = jumpingClock();
  const kore = await simulator(clock);
  kore.send({ requestId: 'ds-mended', streamId: STREAM_ID, recipients: 5, course: delivery });

  const tracked = await trackAt(kore.origin, {
    clock,
    secret: OTHER,
    input: { requestId: 'ds-mended', streamId: STREAM_ID },
    environment: { CAP_SECONDS: '900' },
    afterCheck: (_, aws, check) => check === 2 && aws.putSecret(SECRET),
  });

  expect(tracked.checks.slice(0, 2)).toMatchObject([
    { obstacle: 'CREDENTIALS_REFUSED' },
    { obstacle: 'CREDENTIALS_REFUSED' },
  ]);
  const [first, second] = tracked.checks as readonly Waiting[];
  expect(Date.parse(second?.nextCheckAt ?? '') - Date.parse(first?.nextCheckAt ?? '')).toBeGreaterThanOrEqual(
    300_000,
  );
  expect(tracked.detail.data).toMatchObject({ status: 'SUCCESS', counts: { delivered: 5 } });
});

it('picks up a rotated secret within the check that is refused', async () => {
  const clock = jumpingClock();
  const kore = await simulator(clock);
  kore.send({ requestId: 'ds-rotated', streamId: STREAM_ID, recipients: 5, course: delivery });

  const tracked = await trackAt(kore.origin, {
    clock,
    input: { requestId: 'ds-rotated', streamId: STREAM_ID },
    afterCheck(_, aws, check) {
      if (check !== 1) return;
      kore.accept(parseCredentials(OTHER));
      aws.putSecret(OTHER);
    },
  });

  expect(kore.answers).toContain(401);
  expect(tracked.checks.filter((check) => 'obstacle' in check)).toEqual([]);
  expect(tracked.detail.data).toMatchObject({ status: 'SUCCESS', counts: { delivered: 5 } });
});

it('picks up the secret at the next check once the placeholder is replaced', async () => {
  const clock = jumpingClock();
  const kore = await simulator(clock);
  kore.send({ requestId: 'ds-new', streamId: STREAM_ID, recipients: 5, course: delivery });

  const tracked = await trackAt(kore.origin, {
    clock,
    secret: JSON.stringify({ clientId: 'REPLACE_ME', clientSecret: 'REPLACE_ME' }),
    input: { requestId: 'ds-new', streamId: STREAM_ID },
    afterCheck: (_, aws, check) => check === 1 && aws.putSecret(SECRET),
  });

  expect(tracked.checks.map((check) => 'obstacle' in check).indexOf(false)).toBe(1);
  expect(tracked.detail.data.status).toBe('SUCCESS');
});

it('signs every call anew, so that "Enforce JTI" passes', async () => {
  const clock = jumpingClock();
  const kore = await simulator(clock);
  kore.send({ requestId: 'ds-jti', streamId: STREAM_ID, recipients: 5, course: delivery });

  const input = { requestId: 'ds-jti', streamId: STREAM_ID };
  const { checks } = await trackAt(kore.origin, { clock, input });

  expect(checks.length).toBeGreaterThan(5);
  expect(new Set(kore.answers)).toEqual(new Set([200]));
});
