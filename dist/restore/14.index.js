export * from '../main/14.index.js';
