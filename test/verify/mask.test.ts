import { describe, expect, it } from 'vitest';
import { masker } from '../../verify/report/mask.ts';

describe('a mask', () => {
  it('takes the accounts out of ARNs, URLs and fields, each by its own stand-in', () => {
    const mask = masker({ '998877665544': '123456789012' });

    const masked = mask({
      account: '998877665544',
      bus: 'arn:aws:events:eu-central-1:998877665544:event-bus/b',
      other: 'arn:aws:events:eu-central-1:445566778899:event-bus/b',
      queue: 'https://sqs.eu-central-1.amazonaws.com/445566778899/q',
      text: 'User: arn:aws:sts::998877665544:assumed-role/r is not authorized',
    });

    expect(JSON.stringify(masked)).not.toMatch(/998877665544|445566778899/);
    expect(masked).toEqual({
      account: '123456789012',
      bus: 'arn:aws:events:eu-central-1:123456789012:event-bus/b',
      other: 'arn:aws:events:eu-central-1:111111111111:event-bus/b',
      queue: 'https://sqs.eu-central-1.amazonaws.com/111111111111/q',
      text: 'User: arn:aws:sts::123456789012:assumed-role/r is not authorized',
    });
  });

  it('takes request ids out, equal ones by equal stand-ins, also in a second value', () => {
    const mask = masker();
    const one = '3f2f1a0e-7d1c-4a55-9f1b-0c2d3e4f5a6b';
    const two = 'a1b2c3d4-7d1c-4a55-9f1b-0c2d3e4f5a6b';

    const [first, second, third] = mask([one, two, one]);
    const again = mask(`(Request ID: ${one})`);

    expect(first).not.toBe(one);
    expect(first).not.toBe(second);
    expect(first).toBe(third);
    expect(again).toBe(`(Request ID: ${first})`);
  });

  it("takes out ids of roles and keys, the URL of a function, and the run's name", () => {
    const mask = masker({ 'delivery-tracker-verify-1a2b3c4d': 'delivery-tracker-verify-run' });

    expect(
      mask({
        id: 'AROAEXAMPLEEXAMPLE12:session',
        url: 'https://abcdefghijklmnopqrstuvwxyz012345.lambda-url.eu-central-1.on.aws/',
        stack: 'delivery-tracker-verify-1a2b3c4d-trackers',
      }),
    ).toEqual({
      id: 'AROAXXXXXXXXXXXXXXXXX:session',
      url: 'https://stand-in.lambda-url.eu-central-1.on.aws/',
      stack: 'delivery-tracker-verify-run-trackers',
    });
  });

  it('takes out sessions and users, which have the names of people', () => {
    const mask = masker();

    expect(
      mask([
        'User: arn:aws:sts::123456789012:assumed-role/Admin/jane.doe@example.com is not authorized',
        'arn:aws:iam::123456789012:user/people/jane.doe',
        'arn:aws:sts::123456789012:federated-user/jane',
        'AROAEXAMPLEEXAMPLE12:jane.doe@example.com',
      ]).join('\n'),
    ).not.toMatch(/jane|people|example\.com/);
  });

  it("takes out each part of the caller's ARN wherever it is, in any case, and no part of a word", () => {
    const caller = 'arn:aws:sts::998877665544:assumed-role/AWSReservedSSO_Jane_0f1e/jane.doe@example.com';
    const mask = masker({}, [caller, 'arn:aws:iam::998877665544:root', 'arn:aws:iam::998877665544:user/al']);

    const masked = mask({
      tag: 'made by Jane.Doe@example.com',
      role: 'role/aws-reserved/AWSReservedSSO_Jane_0f1e',
      word: 'xjane.doe@example.comx, root, general',
      pattern: 'janeXdoe@example.com',
    });

    expect(masked).toEqual({
      tag: 'made by caller',
      role: 'role/aws-reserved/caller',
      word: 'xjane.doe@example.comx, root, general',
      pattern: 'janeXdoe@example.com',
    });
  });

  it('changes nothing else, and nothing twice', () => {
    const mask = masker({ '998877665544': '123456789012' });
    const value = { millis: 1_764_139_080_123, text: '123456', list: [null, true, 1.5] };

    expect(mask(value)).toEqual(value);
    const masked = mask(['arn:aws:sqs:r:445566778899:q', '3f2f1a0e-7d1c-4a55-9f1b-0c2d3e4f5a6b']);
    expect(mask(masked)).toEqual(masked);
    expect(mask(undefined)).toBeUndefined();
  });
});
