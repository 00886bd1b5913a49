export * from '../main/6.index.js';
