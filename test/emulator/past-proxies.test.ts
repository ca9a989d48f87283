import { expect, it } from 'vitest';
import { pastProxies } from '../../emulator/ministack.ts';

it('leads past a proxy, beside what the user leads past it', () => {
  const variables = { https_proxy: 'http://proxy.example.com', NO_PROXY: '.example.com' };

  expect(pastProxies(variables)).toEqual({
    NO_PROXY: '127.0.0.1,.example.com',
    no_proxy: '127.0.0.1,.example.com',
  });
});

it('says nothing where there is none', () => {
  expect(pastProxies({ NO_PROXY: '.example.com' })).toEqual({});
});
