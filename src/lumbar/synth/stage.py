"""The one place that knows VTK: solids with colours, a camera, a picture and a mask; no display needed.

VTK is no run-time dependency: it draws test clips only.
"""

import os
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lumbar.arrays import Bools, Floats, Pixels
from lumbar.errors import RendererMissingError
from lumbar.synth.camera import View

#: Without a display VTK would first try and fail to reach one; EGL (or OSMesa) draws off screen.
_WINDOW = "vtkEGLRenderWindow"
#: Where the lamps hang (m) and how bright they are.
_LAMPS = (((2.5, 3.6, -2.5), 0.62), ((-3.0, 3.4, -1.5), 0.42), ((1.0, 3.8, 2.5), 0.38))


def _vtk() -> Any:
    os.environ.setdefault("VTK_DEFAULT_OPENGL_WINDOW", _WINDOW)
    try:
        import vtkmodules.vtkRenderingOpenGL2  # noqa: F401, PLC0415 -- registers the drawing back end
        from vtkmodules import all as whole  # noqa: PLC0415
    except ImportError as missing:
        raise RendererMissingError from missing
    return whole


def _arrays() -> Any:
    from vtkmodules.util import numpy_support  # noqa: PLC0415

    return numpy_support


def has_renderer() -> bool:
    """Return whether VTK can be imported here."""
    try:
        _vtk()
    except RendererMissingError:
        return False
    return True


@dataclass(slots=True)
class Solid:
    """Something on the stage: what is drawn (``looks``), and its flat twins in the mask."""

    mesh: Any
    looks: Any
    flat: Any
    is_lifter: bool
    ambient: float

    def move_to(self, transform: Floats) -> None:
        """Place the solid by a 4 × 4 move."""
        for actor in (self.looks, self.flat):
            if actor is not None:
                actor.GetUserMatrix().DeepCopy(transform.ravel().tolist())

    def reshape(self, points_m: Floats, normals: Floats) -> None:
        """Give a mesh new vertices (vertex, 3) and normals."""
        _arrays().vtk_to_numpy(self.mesh.GetPoints().GetData())[:] = points_m
        _arrays().vtk_to_numpy(self.mesh.GetPointData().GetNormals())[:] = normals
        self.mesh.GetPoints().Modified()
        self.mesh.GetPointData().GetNormals().Modified()
        self.mesh.Modified()


class Stage:
    """A room to fill with solids, and to take pictures of."""

    def __init__(self, width_px: int, height_px: int) -> None:
        self.vtk = _vtk()
        self.size = (width_px, height_px)
        self.solids: list[Solid] = []
        self.scene = self.vtk.vtkRenderer()
        self.scene.SetBackground(0.45, 0.46, 0.48)
        self.cutout = self.vtk.vtkRenderer()
        self.cutout.SetBackground(0, 0, 0)
        self.windows = [self._window(self.scene, 4), self._window(self.cutout, 0)]
        self.lamps = [self._lamp(place, power) for place, power in _LAMPS]
        self.camera = self.vtk.vtkCamera()
        for renderer in (self.scene, self.cutout):
            renderer.SetActiveCamera(self.camera)

    def _window(self, renderer: Any, samples: int) -> Any:
        window = self.vtk.vtkRenderWindow()
        window.SetOffScreenRendering(1)
        window.SetMultiSamples(samples)
        window.SetSize(*self.size)
        window.AddRenderer(renderer)
        return window

    def _lamp(self, place: tuple[float, float, float], power: float) -> Any:
        lamp = self.vtk.vtkLight()
        lamp.SetPosition(*place)
        lamp.SetFocalPoint(0, 0.8, 0)
        lamp.SetIntensity(power)
        self.scene.AddLight(lamp)
        return lamp

    def light(self, power: float, warmth: float = 0.0) -> None:
        """Set how bright the lamps are, and how warm (positive is yellow)."""
        for lamp, (_, own) in zip(self.lamps, _LAMPS, strict=True):
            lamp.SetIntensity(own * power)
            lamp.SetColor(1 + 0.5 * warmth, 1, 1 - 0.5 * warmth)
        for solid in self.solids:
            solid.looks.GetProperty().SetAmbient(solid.ambient * power)

    # -- solids --------------------------------------------------------------------------------------------

    def add_mesh(
        self,
        points_m: Floats,
        faces: NDArray[np.int64],
        colours: Floats,
        *,
        is_lifter: bool = False,
        masks: bool = True,
    ) -> Solid:
        """Add a surface of quads or triangles with one colour (0–255) per vertex; reshape it later."""
        triangles = faces if faces.shape[1] == 3 else np.r_[faces[:, :3], faces[:, [0, 2, 3]]]
        mesh, cells, points = self.vtk.vtkPolyData(), self.vtk.vtkCellArray(), self.vtk.vtkPoints()
        points.SetData(_arrays().numpy_to_vtk(points_m.astype(np.float32), deep=True))
        flat = np.c_[np.full(len(triangles), 3), triangles].ravel().astype(np.int64)
        cells.ImportLegacyFormat(_arrays().numpy_to_vtkIdTypeArray(flat, deep=True))
        mesh.SetPoints(points)
        mesh.SetPolys(cells)
        mesh.GetPointData().SetScalars(
            _arrays().numpy_to_vtk(np.clip(colours, 0, 255).astype(np.uint8), deep=True)
        )
        mesh.GetPointData().SetNormals(_arrays().numpy_to_vtk(np.zeros((len(points_m), 3), np.float32), deep=True))
        return self._add(mesh, None, is_lifter=is_lifter, masks=masks, ambient=0.14)

    def add_cylinder(
        self, ends_z: tuple[float, float], radius_m: float, colour: str, *, masks: bool = True
    ) -> Solid:
        """Add a cylinder about the z axis from one z to another."""
        source = self.vtk.vtkCylinderSource()
        source.SetResolution(72)
        source.SetRadius(radius_m)
        source.SetHeight(abs(ends_z[1] - ends_z[0]))
        turn = self.vtk.vtkTransform()
        turn.Translate(0, 0, sum(ends_z) / 2)
        turn.RotateX(90)
        moved = self.vtk.vtkTransformFilter()
        moved.SetTransform(turn)
        moved.SetInputConnection(source.GetOutputPort())
        moved.Update()
        return self._add(moved.GetOutput(), colour, is_lifter=False, masks=masks, ambient=0.16)

    def add_box(
        self, middle_m: tuple[float, ...], edges_m: tuple[float, ...], colour: str, *, masks: bool = True
    ) -> Solid:
        """Add a box with edges along the axes."""
        source = self.vtk.vtkCubeSource()
        source.SetCenter(*middle_m)
        source.SetXLength(edges_m[0])
        source.SetYLength(edges_m[1])
        source.SetZLength(edges_m[2])
        source.Update()
        return self._add(source.GetOutput(), colour, is_lifter=False, masks=masks, ambient=0.16)

    def add_sheet(self, corners_m: Floats, painting: Pixels) -> None:
        """Add a flat sheet from an origin and the ends of its two edges, (3, 3), with a painting on it."""
        source = self.vtk.vtkPlaneSource()
        source.SetOrigin(*corners_m[0])
        source.SetPoint1(*corners_m[1])
        source.SetPoint2(*corners_m[2])
        source.Update()
        image = self.vtk.vtkImageData()
        image.SetDimensions(painting.shape[1], painting.shape[0], 1)
        image.GetPointData().SetScalars(_arrays().numpy_to_vtk(painting[::-1].reshape(-1, 3).copy(), deep=True))
        texture = self.vtk.vtkTexture()
        texture.SetInputData(image)
        texture.InterpolateOn()
        texture.MipmapOn()
        solid = self._add(source.GetOutput(), "white", is_lifter=False, masks=False, ambient=0.32)
        solid.looks.SetTexture(texture)

    def _add(self, mesh: Any, colour: str | None, *, is_lifter: bool, masks: bool, ambient: float) -> Solid:
        looks = self._actor(mesh, colour)
        looks.GetProperty().SetAmbient(ambient)
        looks.GetProperty().SetDiffuse(0.9)
        looks.GetProperty().SetSpecular(0.25 if colour in ("silver", "steel") else 0.05)
        looks.GetProperty().SetSpecularPower(18)
        self.scene.AddActor(looks)
        flat = None
        if is_lifter or masks:
            flat = self._actor(mesh, "white" if is_lifter else "nothing")
            flat.GetMapper().ScalarVisibilityOff()
            flat.GetProperty().LightingOff()
            self.cutout.AddActor(flat)
        solid = Solid(mesh, looks, flat, is_lifter, ambient)
        self.solids.append(solid)
        return solid

    def _actor(self, mesh: Any, colour: str | None) -> Any:
        mapper = self.vtk.vtkPolyDataMapper()
        mapper.SetInputData(mesh)
        actor = self.vtk.vtkActor()
        actor.SetMapper(mapper)
        actor.SetUserMatrix(self.vtk.vtkMatrix4x4())
        if colour is not None:
            actor.GetProperty().SetColor(*(channel / 255 for channel in COLOURS[colour]))
        return actor

    # -- pictures ------------------------------------------------------------------------------------------

    def look(self, view: View, frame: int) -> None:
        """Put the camera where it is in that frame."""
        right_down_ahead = view.axes[frame]
        place = view.position_m[frame]
        self.camera.SetPosition(*place)
        self.camera.SetFocalPoint(*(place + right_down_ahead[2]))
        self.camera.SetViewUp(*(-right_down_ahead[1]))
        self.camera.SetViewAngle(float(np.degrees(2 * np.arctan(view.height_px / 2 / view.focal_px))))
        self.camera.SetClippingRange(0.3, 40)

    def picture(self) -> Pixels:
        """Return the picture, (height, width, 3)."""
        return self._read(0)

    def mask(self, *, whole: bool) -> Bools:
        """Return the lifter's mask, (height, width): what is seen, or as if nothing stood in front."""
        for solid in self.solids:
            if solid.flat is not None and not solid.is_lifter:
                solid.flat.SetVisibility(not whole)
        return self._read(1)[..., 0] > 127

    def _read(self, which: int) -> Pixels:
        window = self.windows[which]
        window.Render()
        held = self.vtk.vtkUnsignedCharArray()
        width, height = self.size
        window.GetPixelData(0, 0, width - 1, height - 1, 1, held, 0)
        return np.ascontiguousarray(_arrays().vtk_to_numpy(held).reshape(height, width, 3)[::-1])


#: Colours by name, 0–255.
COLOURS: dict[str, tuple[int, int, int]] = {
    "white": (255, 255, 255), "nothing": (0, 0, 0), "silver": (190, 190, 195), "steel": (120, 122, 126),
    "black": (28, 28, 30), "dark": (44, 44, 48), "grey": (110, 110, 114), "wood": (150, 112, 70),
    "red": (178, 34, 38), "navy": (32, 44, 110), "yellow": (214, 176, 30), "green": (28, 110, 58),
    "blue": (40, 90, 160), "cream": (228, 224, 214), "brown": (92, 60, 36),
}  # fmt: skip
