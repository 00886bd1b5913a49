export * from '../main/44.index.js';
