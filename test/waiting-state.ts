/** The state of an execution after its third check, as the workflow's states meet it. */
export const WAITING_STATE = {
  outcome: 'waiting',
  nextCheckAt: '2026-11-25T10:00:59Z',
  request: { requestId: 'ds-1', streamId: 'st-1' },
  progress: {
    checks: 3,
    counts: { total: 1, delivered: 1, failed: 0 },
    channels: ['ivr'],
    seenSeconds: 12.5,
  },
  reservation: { slot: 359129469, number: 1 },
};
