export * from '../main/642.index.js';
