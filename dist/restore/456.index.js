export * from '../main/456.index.js';
