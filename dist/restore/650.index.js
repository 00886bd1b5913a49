export * from '../main/650.index.js';
