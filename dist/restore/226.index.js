export * from '../main/226.index.js';
