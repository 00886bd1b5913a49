export * from '../main/370.index.js';
