export * from '../main/152.index.js';
