export * from '../main/260.index.js';
