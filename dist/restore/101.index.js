export * from '../main/101.index.js';
