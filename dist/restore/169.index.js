export * from '../main/169.index.js';
