export * from '../main/730.index.js';
