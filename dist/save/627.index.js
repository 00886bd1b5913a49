export * from '../main/627.index.js';
