export * from '../main/601.index.js';
