export * from '../main/239.index.js';
