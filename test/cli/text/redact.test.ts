import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../../cli/text/redact.ts';

describe('what is taken out', () => {
  it.each([
    ['User john.doe@example.com is unknown', 'User [address] is unknown'],
    ['User "john.doe+tag@mail.example.com" is unknown', 'User [address] is unknown'],
    ['to <john@example.com>, <jane@example.com>', 'to [address] [address]'],
    ['mailto:john@example.com', '[address]'],
    ['jöhn@exämple.com', '[address]'],
    ['john@localhost', '[address]'],
    ['of "john doe"@example.com', 'of [address]'],
    ["of john'@example.com", 'of [address]'],
    ['to=john.doe%40example.com', '[address]'],
    ['john\uff20example.com', '[address]'],
  ])('is an e-mail address: %s', (text, redacted) => {
    expect(redact(text)).toBe(redacted);
  });

  it.each([
    '+4917112345678',
    '+49 171 1234567',
    '0171-123-4567',
    '+49/171/1234567',
    '(030) 123456789',
    '+1 (555) 010-9999',
  ])('is a phone number: %s', (number) => {
    const redacted = redact(`Number ${number} is unknown`);
    expect(redacted).toContain('[number]');
    expect(redacted).not.toMatch(/\d/);
  });

  it('is a token', () => {
    const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjcy0xIn0.c2lnbmF0dXJl-_x';
    expect(redact(`Token ${token} has expired`)).toBe('Token [token] has expired');
  });

  it('is what is left of a token that was cut', () => {
    expect(redact('jwt=eyJhbGciOiJIUzI1NiJ9.eyJzd')).toBe('jwt=[token]');
  });

  it('is every e-mail address, wherever it stands', () => {
    const piece = fc.constantFrom('a', 'Z', '1', '0', '@', '.', '-', '+', '_', '%', '"', "'", '<', '(');
    const gap = fc.constantFrom(')', '>', ',', ';', ':', ' ', '\n', 'eyJ', 'john@example.com');
    const anyText = fc.array(fc.oneof({ weight: 4, arbitrary: piece }, gap), { maxLength: 300 });
    fc.assert(
      fc.property(anyText, (pieces) => {
        expect(redact(pieces.join(''))).not.toMatch(/[\w.+%-]@[\w-]+(\.[\w-]+)+/);
      }),
    );
  });

  it('is an e-mail address in any surroundings, whichever end of it is cut off', () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,12}$/);
    const anyAddress = fc
      .tuple(word, word, word, word)
      .map(([first, last, host, top]) => `${first}.${last}@${host}.${top}`);
    const anySurroundings = fc.oneof(
      fc.string(),
      fc.integer({ min: 0, max: 2100 }).map((n) => ' '.repeat(n)),
    );
    fc.assert(
      fc.property(anySurroundings, anyAddress, anySurroundings, (before, address, after) => {
        expect(redact(before + address + after)).not.toContain(address);
      }),
    );
  });

  it('is every token, wherever it stands', () => {
    const part = fc.stringMatching(/^[A-Za-z0-9_-]{8,60}$/);
    fc.assert(
      fc.property(fc.string(), part, part, part, (before, header, payload, signature) => {
        const redacted = redact(`${before} eyJ${header}.${payload}.${signature}`);
        expect(redacted).not.toContain(`${payload}.`);
        expect(redacted).not.toContain(`.${signature}`);
      }),
    );
  });
});

describe('what stays', () => {
  it.each([
    'Rate limit for this API has been reached. Please try again after some time.',
    'Invalid request (code 4001)',
    'Bot st-1 not found at 14:05',
    'Überlänge, 日本語',
    '',
  ])('is a text that names nobody: %s', (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe('the form', () => {
  it('is one line without surrounding space', () => {
    expect(redact('  first\r\n\tsecond\u2028third  ')).toBe('first second third');
  });

  it('has 200 characters at most', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 5000 }), (text) => {
        expect(redact(text).length).toBeLessThanOrEqual(200);
      }),
    );
  });

  it('is the beginning of a long text', () => {
    expect(redact('x'.repeat(5000))).toBe('x'.repeat(200));
  });
});
