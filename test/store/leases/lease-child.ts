import { setTimeout as sleep } from 'node:timers/promises';
import { silentLog } from '../../../src/platform/log.ts';
import { openStore } from '../../../src/store/open-store.ts';

const [, , folder = '', ...sha256s] = process.argv;
openStore(folder, { log: silentLog }).lease().narrow(sha256s);
console.log('leased');
await sleep(60_000);
