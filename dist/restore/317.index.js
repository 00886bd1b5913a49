export * from '../main/317.index.js';
