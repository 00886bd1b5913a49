import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeRoom } from '../support/engine.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { startRsyncDaemon } from '../support/rsync-daemon.ts';

test('a file that changed a little costs its changed blocks, from what the store has of it', async () => {
  const room = makeRoom();
  const daemon = await startRsyncDaemon({ modules: { tensorflow: room.tree } });
  const proxy = await startFaultProxy(daemon.port, () => undefined);
  onTestFinished(async () => {
    await proxy.stop();
    await daemon.stop();
    room.remove();
  });
  const content = randomBytes(8 << 20);
  room.put('model.bin', content);
  const options = {
    artifacts: 'path:model.bin',
    mirror: `rsync://127.0.0.1:${proxy.port}/tensorflow/`,
  };
  expect((await room.pull(options)).error).toBeUndefined();
  const before = total(proxy.passed());
  expect(before).toBeGreaterThan(content.length);

  randomBytes(1000).copy(content, 3 << 20);
  room.put('model.bin', content, 1_700_000_001);
  const { error, report } = await room.pull({ ...options, path: join(room.folder, 'second') });

  expect(error).toBeUndefined();
  expect(report.bytes.mirror).toBe(content.length);
  expect(total(proxy.passed()) - before).toBeLessThan(content.length / 4);
  expect(readFileSync(join(room.folder, 'second', 'model.bin')).equals(content)).toBe(true);
});

function total(bytes: readonly number[]): number {
  return bytes.reduce((sum, count) => sum + count, 0);
}
