/**
 * The images that containers are made from: which one a workspace gets, and how it is made, from a registry or without
 * one.
 */
package dev.bantam.sandbox.image;
