export * from '../main/629.index.js';
