export * from '../main/978.index.js';
