export * from '../main/79.index.js';
