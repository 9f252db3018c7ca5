"""What rooms are called: words of four letters, known to beginners, that a class may read aloud."""

import re

WORDS = tuple(
    re.findall(
        r"\w+",
        """
    acre apex aqua arch atom aunt baby bake ball band bank barn bath bean bear bell belt bike
    bird blue boat book boot bowl bulb bush cake calm camp cape card cart cave chef city clay
    coal coat code coin cook cool copy cord cork corn cube dawn deer desk dice disk door dove
    drum duck dune dust east echo edge epic euro exit face fair fall farm fern film fire fish
    five flag flat foam fork four frog fuel gate gift goal goat gold golf gown gray grid hall
    hand harp hawk heat hero hill home hood hook hope horn hour icon idea inch iris iron item
    jade jazz july jump june kilo kind kite kiwi lace lake lamb lamp land lark lava leaf lens
    lily lime lion loaf loop luck lute main mask math maze meal menu mild milk mill mind mint
    moon moss moth myth navy neon nest nine node noon nose note oath oboe opal open oval oven
    pace page palm park path peak pear pine pink plan play plum poem pole pond pony pool port
    quiz rail rain ramp reed reef rice ring road robe rock roof room rope rose ruby sail salt
    sand seal seed ship shoe silk sing snow soap sofa song soup star stem step swan tale tape
    taxi team tent tide tile time toad tour town tree trip tuba tuna tune twin unit vase vest
    view vine wall wave west wind wing wolf wood wool yard yarn year yoga zero zone zoom
    """,
    )
)
