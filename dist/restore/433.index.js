export * from '../main/433.index.js';
