export * from '../main/735.index.js';
