"""The looks that can be asked for by name, in the order to show them."""

from bot.domain.catalog import Style

STYLES: tuple[Style, ...] = (
    Style(
        id="photo",
        name="Photo",
        words="realistic photograph, natural light, true colours",
    ),
    Style(
        id="product-photo",
        name="Product photo",
        words="studio product photograph, soft directional light, clean ground",
    ),
    Style(
        id="cinematic",
        name="Cinematic",
        words="film still, dramatic light, shallow depth of field, rich colour grade",
    ),
    Style(
        id="illustration",
        name="Illustration",
        words="editorial illustration, clear shapes, considered palette",
    ),
    Style(
        id="flat",
        name="Flat",
        words="flat vector illustration, plain colour areas, no gradients",
    ),
    Style(
        id="line-art",
        name="Line art",
        words="line drawing, even ink lines on a plain ground, no shading",
    ),
    Style(
        id="watercolor",
        name="Watercolor",
        words="watercolor painting on textured paper, soft washes, visible brush marks",
    ),
    Style(
        id="3d",
        name="3D",
        words="3D render, soft materials, ambient occlusion, studio light",
    ),
    Style(
        id="minimal",
        name="Minimal",
        words="minimal composition, one subject, much empty space, few colours",
    ),
    Style(
        id="poster",
        name="Poster",
        words="poster design, strong composition, large simple forms, bold type",
    ),
    Style(
        id="logo",
        name="Logo",
        words="logo design, simple scalable mark, solid shapes, plain ground",
    ),
    Style(
        id="pattern",
        name="Pattern",
        words="seamless repeating pattern, evenly spaced motifs, edge to edge",
    ),
)
