export * from '../main/292.index.js';
