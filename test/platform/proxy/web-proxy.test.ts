import { expect, test } from 'vitest';
import { readWebProxies } from '../../../src/platform/proxy/web-proxy.ts';
import { recordingLog } from '../../support/https-mirror.ts';

test.each([
  ['127.0.0.1:3128', 'http://127.0.0.1:3128/'],
  ['HTTP://Proxy.example:3128', 'http://proxy.example:3128/'],
  ['http://user:pa%27ss@proxy.example:3128/', 'http://user:pa%27ss@proxy.example:3128/'],
])('the proxy %s is understood', (value, expected) => {
  const { log, lines } = recordingLog();
  expect(readWebProxies({ https_proxy: value }, log).https_proxy).toBe(expected);
  expect(lines).toEqual([]);
});

test.each(['http:/127.0.0.1:3128', '"http://127.0.0.1:3128"', "'127.0.0.1:3128'", 'a/b:1'])(
  'the proxy %s costs a warning that names the variable',
  (value) => {
    const { log, lines } = recordingLog();
    expect(readWebProxies({ HTTPS_PROXY: value }, log)).toEqual({});
    expect(lines).toEqual([expect.stringContaining('HTTPS_PROXY is not the URL of an HTTP proxy')]);
  },
);
