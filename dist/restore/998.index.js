export * from '../main/998.index.js';
