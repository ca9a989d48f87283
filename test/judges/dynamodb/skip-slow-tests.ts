/** moto needs some ten milliseconds for a request, so tests of many hundred requests are left to dynalite. */
import { beforeEach } from 'vitest';

/** By their names; what each writes, another test writes too, in a smaller number. */
const MANY_REQUESTS = [
  'writes and counts each, 16 at most at a time',
  'finds each of them saved, over as many pages as it takes',
  'keeps what was written, and goes on from there',
  'each log of an answer is there after it, however little the logs say of whose they are',
  'saving comes to an end beside another check, and after it, however little the logs say of whose they are',
  'are eight at most for a check, and none goes away with nothing, if 80 wake at once',
  'stays small over hours',
];

beforeEach(({ task, skip }) => {
  skip(MANY_REQUESTS.includes(task.name), 'many requests');
});
