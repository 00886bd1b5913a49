export * from '../main/390.index.js';
