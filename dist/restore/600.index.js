export * from '../main/600.index.js';
