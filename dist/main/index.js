import { programs } from '../bundle/index.js';

await programs['main']();
