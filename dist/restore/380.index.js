export * from '../main/380.index.js';
