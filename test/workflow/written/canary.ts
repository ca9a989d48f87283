/** A person who must be in the table and nowhere else, in the forms in which an API may write people down. */

const NAME = 'Zebulon Quackenbush';
const EMPLOYEE_ID = 'QX-77310942';
const E_MAIL = 'zebulon.quackenbush@canary.example';
/** As a number, which may come as one. */
export const PHONE = 4_917_655_501_234;

type Encoding = (text: string) => string;

const withAt =
  (at: string): Encoding =>
  (text) =>
    text.replaceAll('@', at);
const between =
  (separator: string): Encoding =>
  (text) =>
    [...text].join(separator);
const eachCharacter =
  (form: (code: number) => string): Encoding =>
  (text) =>
    [...text].map((character) => form(character.codePointAt(0) ?? 0)).join('');
const bytes =
  (encoding: BufferEncoding): Encoding =>
  (text) =>
    Buffer.from(text).toString(encoding);
const hex = (code: number, digits = 2) => code.toString(16).padStart(digits, '0');

export const ENCODINGS: Readonly<Record<string, Encoding>> = {
  plain: (text) => text,
  'upper case': (text) => text.toUpperCase(),
  'cut in the middle': (text) => text.slice(0, Math.ceil(text.length / 2)),
  'as a word': (text) => text.replaceAll(/[^A-Za-z0-9]+/g, '_'),
  'decimal entity': withAt('&#64;'),
  'hexadecimal entity': withAt('&#x40;'),
  'named entity': withAt('&commat;'),
  'percent-encoded': withAt('%40'),
  'percent-encoded twice': withAt('%2540'),
  'escaped "at"': withAt('\\u0040'),
  'escaped throughout': eachCharacter((code) => `\\u${hex(code, 4)}`),
  'entities throughout': eachCharacter((code) => `&#${code};`),
  base64: bytes('base64'),
  base64url: bytes('base64url'),
  hexadecimal: bytes('hex'),
  '"(at)"': withAt('(at)'),
  '" at "': (text) => text.replaceAll('@', ' at ').replaceAll('.', ' dot '),
  'full-width "at"': withAt('\uff20'),
  'full-width throughout': eachCharacter((code) => (code > 0x20 ? String.fromCodePoint(code + 0xfee0) : ' ')),
  'zero-width characters inside': between('\u200b'),
  'spaces inside': between(' '),
  'signature of a token': (text) => `HS256.${bytes('base64url')(`signed ${text}`)}`,
};

/** Each form of the person, with the name of its encoding. */
export const CANARIES = Object.entries(ENCODINGS).flatMap(([encoding, encode]) =>
  [NAME, EMPLOYEE_ID, E_MAIL].map((text) => ({ encoding, text: encode(text) })),
);

/** Encodings of which a piece stands anywhere in this, in a key or a value, in a JSON text or not; `number` for the phone number. */
export function encodingsIn(written: unknown): string[] {
  const texts = [...textsIn(written)].map(squashed);
  const found = CANARIES.filter(({ text }) => {
    const pieces = piecesOf(squashed(text));
    return texts.some((one) => pieces.some((piece) => one.includes(piece)));
  });
  const hasNumber = texts.some((one) => one.includes(String(PHONE)));
  return [...new Set(found.map(({ encoding }) => encoding)), ...(hasNumber ? ['number'] : [])];
}

/** Short enough to find what was cut, long enough to be in no other text. */
const PIECE = 9;

function piecesOf(text: string): string[] {
  const count = Math.max(1, text.length - PIECE + 1);
  return Array.from({ length: count }, (_, start) => text.slice(start, start + PIECE));
}

/** Whatever is done to case, width and what stands between. */
function squashed(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
}

function* textsIn(value: unknown): Iterable<string> {
  if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      yield key;
      yield* textsIn(inner);
    }
    return;
  }
  const text = String(value);
  yield text;
  const parsed = typeof value === 'string' ? jsonIn(value) : undefined;
  if (typeof parsed === 'object') yield* textsIn(parsed);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
