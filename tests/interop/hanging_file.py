"""An HDF5 file of 7 kB with one byte damaged, over which HDF5's library (1.14, as h5py 3.16 has it)
never comes to an end: found by changing bytes at random."""

import base64
import zlib

PACKED = (
    "c-rlly-or_5Xbiek_&+de(+g%C68dIMo<bPMlI}=f`}0;fJCgc#5bU%r1TLeeGK0O?{;U7+f|Q5O)z18"
    "$z_<?z1h9HKX=LhrB*piC5j2=<2WqF(k#pjn3l{O$FCuBh(m}Ifpw|I@=#Ahe^=^!0QHNrYSo`Tv%qyO"
    "vpPDASVd~p{ZplbKu4N4Va{v!`kk;IYrkAK11s6OPQp&O_iNKrcf0Y}>|WhBI?bM{7dTgErh~m`<#NuA"
    "{|m;LcZ}q`c63lbR%7d*=Y_9RSbe$>rB%PPu4}SJnj#2-AP9mW2!bGpW%HeHHqPlB{fLFWSpm-"
    "{RuS7bLp`yqIS>7zZlFKS-VfJ3KdD!^*9HCB(T3S~3i<mMJ)<blf3)vclC|J|rj-Bq(7e5A_2&lUBL5M"
    "6!?1sd{-d;Vq4K!y!*PCDM`8AhS$#2=-X8s#8Fw3MF3UMA_XOi{Z-4%{5W1lQN|k&E-"
    "e9hEX9i1tGS9nFht|Ic^k2?Lcf<GdxJa5ezk|`bvwd;?XS#bWef{P9U%LAM{{Cu%"
)
HANGS = zlib.decompress(base64.b85decode(PACKED))
