export * from '../main/501.index.js';
