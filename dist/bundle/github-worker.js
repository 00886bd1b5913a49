import { programs } from './index.js';

await programs['github-worker']();
