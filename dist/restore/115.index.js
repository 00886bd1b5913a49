export * from '../main/115.index.js';
