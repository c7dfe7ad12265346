"""A document becomes parsed blocks: the model, the components put into it, trees and their repair."""
