export * from '../main/759.index.js';
