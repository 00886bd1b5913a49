export * from '../main/154.index.js';
