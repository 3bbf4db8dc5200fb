"""The mannequin: one figure posed by joint angles, as vectors that every renderer draws alike."""
