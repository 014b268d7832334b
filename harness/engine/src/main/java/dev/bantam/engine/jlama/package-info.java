/**
 * Folders of safetensors, run by the library jlama: the only package that names it. What jlama does in its own way and
 * not as the model was trained is done here instead (experts, rotary frequencies, tokenizers), or refused.
 */
package dev.bantam.engine.jlama;
