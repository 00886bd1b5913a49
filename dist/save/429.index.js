export * from '../main/429.index.js';
