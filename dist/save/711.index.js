export * from '../main/711.index.js';
