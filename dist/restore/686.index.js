export * from '../main/686.index.js';
