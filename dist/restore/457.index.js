export * from '../main/457.index.js';
