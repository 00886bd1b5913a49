export * from '../main/129.index.js';
